#!/usr/bin/env bash
# Software: netcdfjs 4.0.0 (npm), netCDF4 1.6.2 (Debian python3-netcdf4).
# Expected: a variable with scale_factor, add_offset and _FillValue is read as the values that were written, and what is missing as nothing.
# Happens:  netcdfjs returns the packed whole numbers: 20.5 degrees are 50, -5.25 are -2525, and a missing value is -32768. Python unpacks and masks. The rule is in the
#           conventions of the files, not in the format, and netcdfjs leaves it to its caller.
# Matters:  the archive of a weather station shows temperatures that are all wrong, and a mean that is far below zero.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
dpkg -s python3-netcdf4 >/dev/null 2>&1 || apt-get install -y --no-install-recommends python3-netcdf4 >/dev/null
version=$(dpkg-query -W -f '${Version}' python3-netcdf4)
case $version in 1.6.2-*) ;; *) echo "python3-netcdf4 is $version, this was seen on 1.6.2"; exit 1;; esac
cat > write.py <<'E'
import netCDF4, numpy
with netCDF4.Dataset('station.nc', 'w', format='NETCDF3_CLASSIC') as file:
    file.createDimension('time', 4)
    celsius = file.createVariable('celsius', 'i2', ('time',), fill_value=-32768)
    celsius.scale_factor, celsius.add_offset = 0.01, 20.0
    celsius[:] = numpy.ma.array([20.5, -5.25, 0, 21], mask=[0, 0, 1, 0])
with netCDF4.Dataset('station.nc') as file:
    print('Python:', ', '.join('missing' if value is numpy.ma.masked else f'{value:g}' for value in file['celsius'][:]))
E
cat > read.mjs <<'E'
import fs from 'fs';
import { NetCDFReader } from 'netcdfjs';
const file = new NetCDFReader(fs.readFileSync('station.nc'));
console.log('netcdfjs:', file.getDataVariable('celsius').join(', '));
E
cat > expected <<'E'
Python: 20.5, -5.25, missing, 21
netcdfjs: 50, -2525, -32768, 100
E
npm install --silent --no-audit --no-fund netcdfjs@4.0.0 >/dev/null
{ /usr/bin/python3 write.py; node read.mjs; } > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries read otherwise than noted"; exit 1; }
