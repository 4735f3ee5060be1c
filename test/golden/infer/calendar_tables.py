import numpy as np

temps = np.array([[20, 22, 19], [25, 24, 23]], dtype=np.int32)
f = temps * 9 / 5 + 32
hottest = temps.max(axis=1)
day = temps.argmax(axis=1)
avg = temps.mean()
cold = temps[temps < 21]
wide = np.hstack([temps, temps])
tall = np.vstack((temps, temps[0]))
names = ["mon", "tue", "wed"]
best = names[int(day[0])]
report = {}
for i, name in enumerate(names):
    report[name] = temps[:, i].mean()
low = min(report.values())
rounded = np.round(f, 1)
total = temps.sum(axis=0)
as_list = total.tolist()
