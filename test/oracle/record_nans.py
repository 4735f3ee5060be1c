"""Reductions that pass over NaN, with what they warn of."""

from snippets import main

CASES = (
    'np.nansum([1,np.nan,2])',
    'np.nansum([[1,np.nan],[np.nan,np.nan]],axis=0)',
    'np.nansum([[1,np.nan],[3,4]],axis=1,keepdims=True)',
    'np.nansum([1,2,3])',
    'np.nansum(np.uint8([200,100]))',
    'np.nansum(np.float32([1,np.nan]))',
    'np.nansum(5.0)',
    'np.nansum([])',
    'np.nanprod([2,np.nan,4])',
    'np.nanprod([[2,np.nan],[3,4]],axis=0)',
    'np.nanmax([1,np.nan,3])',
    'np.nanmax([[1,np.nan],[np.nan,np.nan]],axis=1)',
    'np.nanmax([np.nan,np.nan])',
    'np.nanmax([-np.inf,np.nan])',
    'np.nanmax(np.array([np.nan,np.nan]))',
    'np.nanmin(np.array([[np.nan,1],[np.nan,2]]),axis=0)',
    'np.nanmax([3,1,2])',
    'np.nanmax(np.float32([[1,np.nan],[5,2]]),axis=0,keepdims=True)',
    'np.nanmin([1,np.nan,3])',
    'np.nanmin([[1,np.nan],[np.nan,0]],axis=0)',
    'np.nanmin([np.nan])',
    'np.nanmin([np.inf,np.nan])',
    'np.nanmin(7)',
    'np.nanmin([True,False])',
    'np.nanmean([1,np.nan,3])',
    'np.nanmean([[1,np.nan],[np.nan,np.nan]],axis=0)',
    'np.nanmean([[1,np.nan],[3,4]],axis=1,keepdims=True)',
    'np.nanmean([1,2,4])',
    'np.nanmean([np.nan])',
    'np.nanmean(np.float32([1,np.nan,2]))',
    'np.nanmean([])',
    'np.nanmean([np.inf,np.nan])',
    "import warnings; warnings.simplefilter('error'); np.nanmean([np.nan])",
    "import warnings; warnings.simplefilter('error'); np.nanmax([[np.nan],[1]],axis=1)",
)

main('nans', CASES)
