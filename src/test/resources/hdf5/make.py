#!/usr/bin/env python3
"""Makes the HDF5 files of this folder. Needs h5py; the lz4, bitshuffle, bzip2 and blosc files need the filter plugins of Debian's
hdf5-filter-plugin, hdf5-filter-plugin-blosc-serial and bitshuffle packages. The element (p, r, c) of every array is
100 p + 10 r + c, modulo 120 where the type has 8 bits; the phantom-* files all hold one small scan."""
import os

import h5py
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
N, Y, X = 12, 7, 9
VALUES = (
    100 * np.arange(N)[:, None, None]
    + 10 * np.arange(Y)[None, :, None]
    + np.arange(X)[None, None, :]
)


def scan(name, dtype="<u2", axes=None, data=VALUES, theta=N, flats=True, libver=None, **how):
    with h5py.File(os.path.join(HERE, name + ".h5"), "w", libver=libver) as f:
        data = data % 120 if np.dtype(dtype).itemsize == 1 else data
        d = f.create_dataset("/exchange/data", data=data.astype(dtype), **how)
        if axes:
            d.attrs["axes"] = axes
        if flats:
            f["/exchange/data_white"] = np.stack([np.full((Y, X), v, dtype) for v in (90, 100, 110)])
            f["/exchange/data_dark"] = np.stack([np.full((Y, X), v, dtype) for v in (1, 4)])
        if theta:
            f["/exchange/theta"] = np.linspace(0, 180, theta, endpoint=False, dtype="<f4")


def low_level(name, filters, chunk=(1, Y, X), dtype="<u2"):
    with h5py.File(os.path.join(HERE, name + ".h5"), "w") as f:
        plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        plist.set_chunk(chunk)
        for code, flags, options in filters:
            plist.set_filter(code, flags, options)
        space = h5py.h5s.create_simple(VALUES.shape)
        f.create_group("exchange")
        d = h5py.h5d.create(f.id, b"/exchange/data", h5py.h5t.py_create(np.dtype(dtype)), space, plist)
        d.write(h5py.h5s.ALL, h5py.h5s.ALL, VALUES.astype(dtype))


def phantom():
    """Counts of two discs over half a turn around column 21.5, with flats and darks: 48 projections, 6 rows, 40 columns."""
    n, y, x = 48, 6, 40
    random = np.random.RandomState(1)
    theta = np.linspace(0, 180, n, endpoint=False)
    away = np.arange(x) - 21.5
    path = np.zeros((n, 1, x))
    for attenuation, radius, right, up in ((0.02, 15, 0, 0), (0.05, 4, 6, -5)):
        middle = right * np.cos(np.radians(theta)) + up * np.sin(np.radians(theta))
        inside = radius**2 - (away[None, :] - middle[:, None]) ** 2
        path[:, 0, :] += 2 * attenuation * np.sqrt(np.maximum(0, inside))
    flat = 20000 * (1 - 0.2 * (away / x) ** 2) * (1 + 0.05 * random.rand(y, x))
    data = random.poisson(100 + flat * np.exp(-path * np.linspace(1, 0.7, y)[:, None]))
    white = random.poisson(100 + flat, (5, y, x))
    return {"data": data, "data_white": white, "data_dark": random.poisson(100, (3, y, x))}, theta.astype("<f4")


PHANTOM, PHANTOM_THETA = phantom()


def phantom_scan(name, chunk=None, filters=()):
    with h5py.File(os.path.join(HERE, "phantom-" + name + ".h5"), "w") as f:
        f.create_group("exchange")
        f["/exchange/theta"] = PHANTOM_THETA
        for dataset, values in PHANTOM.items():
            plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
            if chunk:
                plist.set_chunk(tuple(min(c, size) for c, size in zip(chunk, values.shape)))
            for code, flags, options in filters:
                plist.set_filter(code, flags, options)
            space = h5py.h5s.create_simple(values.shape)
            path = b"/exchange/" + dataset.encode()
            d = h5py.h5d.create(f.id, path, h5py.h5t.STD_U16LE, space, plist)
            d.write(h5py.h5s.ALL, h5py.h5s.ALL, values.astype("<u2"))


for kind in ("u1", "i1", "<u2", "<i2", "<u4", "<f4", ">u2", ">i4", ">f4", ">f8"):
    scan("contiguous-" + {"<": "le-", ">": "be-"}.get(kind[0], "") + kind.lstrip("<>"), kind, flats=False, theta=None)
scan("whole")
scan("sinograms", flats=False, theta=None, axes="y:theta:x", data=VALUES.transpose(1, 0, 2))
scan("frames", chunks=(1, Y, X), flats=False, theta=None)
scan("frames-be", ">u2", chunks=(1, Y, X), compression="gzip", shuffle=True)
scan("chunks-odd", flats=False, theta=None, chunks=(5, 3, 4))
scan("chunks-odd-latest", chunks=(5, 3, 4), libver="latest", compression="gzip")
scan("chunks-growing-latest", chunks=(1, 4, X), libver="latest", maxshape=(None, Y, X))
scan("chunks-growing-2-latest", chunks=(2, 4, 5), libver="latest", maxshape=(None, None, X), compression="gzip", fletcher32=True)
scan("rows-full-width", flats=False, theta=None, chunks=(3, 2, X))
scan("gzip", chunks=(1, Y, X), compression="gzip", flats=False, theta=None)
scan("gzip-shuffle-fletcher", chunks=(2, Y, X), compression="gzip", shuffle=True, fletcher32=True)
scan("fletcher", chunks=(2, Y, X), fletcher32=True, flats=False, theta=None)
scan("lzf", "<f8", chunks=(4, Y, X), compression="lzf", flats=False, theta=None)
# lzf leaves chunks alone that it would only make longer, and says so in the chunk's filter mask
scan("lzf-skipped", chunks=(4, Y, X), compression="lzf", flats=False, theta=None)
scan("lzf-shuffle-fletcher", flats=False, theta=None, chunks=(1, Y, X), compression="lzf", shuffle=True, fletcher32=True)
scan("float-gzip-shuffle", "<f4", flats=False, theta=None, chunks=(4, 4, 4), compression="gzip", shuffle=True)
scan("angles-too-many", theta=N + 3, flats=False)
scan("angles-too-few", theta=N - 2, flats=False)
scan("angles-missing", theta=None, flats=False)
scan("references-missing", flats=False)
scan("images", data=VALUES[0], flats=False)
low_level("lz4", [(32004, 0, (0,))])
low_level("bitshuffle-lz4", [(32008, 0, (0, 2))])
low_level("bitshuffle-blocks-lz4", [(32008, 0, (16, 2))])
low_level("bitshuffle-blocks", [(32008, 0, (16, 0))], (4, Y, X))
low_level("blosc", [(32001, 1, (0, 0, 0, 0, 5, 1, 0))])
phantom_scan("contiguous")
phantom_scan("chunked", (5, 4, 13))
phantom_scan("gzip", (1, 6, 40), [(2, 0, (2,)), (1, 0, (6,))])
phantom_scan("gzip-blocks", (16, 4, 40), [(1, 0, (6,))])
phantom_scan("lzf", (4, 6, 40), [(2, 0, (2,)), (32000, 0, ())])
phantom_scan("lz4", (1, 6, 40), [(32004, 0, (0,))])
phantom_scan("bitshuffle-lz4", (1, 6, 40), [(32008, 0, (0, 2))])
phantom_scan("bzip2", (1, 6, 40), [(307, 0, (9,))])
# an optional filter that is not there is named in the file and applied to no chunk
low_level("zstd", [(32015, 1, (3,))])

with h5py.File(os.path.join(HERE, "chunks-missing.h5"), "w") as f:
    d = f.create_dataset("/exchange/data", (N, Y, X), "<u2", chunks=(1, Y, X), fillvalue=7)
    d[0:5] = VALUES[0:5]
    f["/exchange/theta"] = np.linspace(0, 180, N, endpoint=False)
with h5py.File(os.path.join(HERE, "empty.h5"), "w") as f:
    f.create_dataset("/exchange/data", (N, Y, X), "<u2")
with h5py.File(os.path.join(HERE, "compact.h5"), "w") as f:
    plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    plist.set_layout(h5py.h5d.COMPACT)
    f.create_group("exchange")
    d = h5py.h5d.create(
        f.id, b"/exchange/data", h5py.h5t.NATIVE_UINT16, h5py.h5s.create_simple(VALUES.shape), plist
    )
    d.write(h5py.h5s.ALL, h5py.h5s.ALL, VALUES.astype("<u2"))
with h5py.File(os.path.join(HERE, "user-block.h5"), "w", userblock_size=512) as f:
    f["/exchange/data"] = VALUES.astype("<u2")
with h5py.File(os.path.join(HERE, "links.h5"), "w") as f:
    f["/raw/frames"] = VALUES.astype("<u2")
    f["/exchange/data"] = h5py.SoftLink("/raw/frames")
    f["/exchange/data_white"] = h5py.ExternalLink("whole.h5", "/exchange/data_white")
    f["/exchange/data_dark"] = h5py.SoftLink("/exchange/data_white")
with h5py.File(os.path.join(HERE, "flats-apart.h5"), "w") as f:
    f["/exchange/data"] = np.full((2, Y, X), 77, "<u2")
with h5py.File(os.path.join(HERE, "one-flat.h5"), "w") as f:
    f["/exchange/data_dark"] = np.zeros((0, Y, X), "<u2")
    f["/exchange/data_white"] = np.full((Y, X), 55, "<u2")
with h5py.File(os.path.join(HERE, "strings.h5"), "w") as f:
    f["/exchange/data"] = np.full((2, 2, 2), b"ab", "S2")
with h5py.File(os.path.join(HERE, "small-flats.h5"), "w") as f:
    f["/exchange/data_white"] = np.zeros((2, 2, 2), "<u2")
with h5py.File(os.path.join(HERE, "axes-strange.h5"), "w") as f:
    f["/exchange/data"] = np.zeros((2, 2, 2), "<u2")
    f["/exchange/data"].attrs["axes"] = "x:y:theta"
if hasattr(h5py, "VirtualLayout"):
    with h5py.File(os.path.join(HERE, "virtual.h5"), "w", libver="latest") as f:
        layout = h5py.VirtualLayout(shape=(N, Y, X), dtype="<u2")
        layout[:] = h5py.VirtualSource("whole.h5", "/exchange/data", shape=(N, Y, X))
        f.create_virtual_dataset("/exchange/data", layout)
