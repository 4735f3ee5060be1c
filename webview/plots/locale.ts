// uPlot asks for the page's language when it is loaded and fails where that is none (`en-US@posix` under LC_ALL=C): this must be
// imported before it.
try {
  Intl.NumberFormat.supportedLocalesOf(navigator.language);
} catch {
  Object.defineProperty(navigator, 'language', { value: 'en-US' });
}
