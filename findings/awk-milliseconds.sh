#!/usr/bin/env bash
# Software: mawk 1.3.4-20200120, gawk 5.2.1 and busybox 1.35.0 awk (Debian 12).
# Expected: a whole number below 2^53 goes through awk unchanged: it is a double there, and print writes whole numbers as such.
# Happens:  mawk, the awk of a Debian without another, writes what is past 2^31 with six digits: a time in milliseconds plus one is 1.76431e+12, and all keys of a day are
#           the same. Its %d ends at 2147483647. In busybox, the awk of Alpine, %d of what is past 2^31 is -2147483648. Times in seconds turn so in 2038; sizes and
#           counters of bytes do today. In mawk and busybox 0x1F is 31, in gawk 0.
# Matters:  a script that was written with gawk sums bytes and subtracts times on the edge: 2 GiB is the end of the disk, and every duration is 0.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
# the packages would change what "awk" is on the machine, so they are unpacked here alone
apt-get download mawk=1.3.4.20200120-3.1 gawk=1:5.2.1-2 libsigsegv2 busybox=1:1.35.0-4+deb12u1+b1 >/dev/null 2>&1 || { apt-cache policy mawk gawk busybox; echo "this was seen on other versions"; exit 1; }
for package in *.deb; do dpkg -x "$package" unpacked; done
export PATH=$dir/unpacked/usr/bin:$dir/unpacked/bin:$PATH LD_LIBRARY_PATH=$(dirname unpacked/usr/lib/*/libsigsegv.so.2)
printf '1764312345678 edge-1\n1764312346789 edge-2\n' > times
for awk in mawk gawk 'busybox awk'; do
    echo "$awk: one more is $($awk 'NR == 1 { print $1 + 1 }' times), by %d $($awk 'NR == 1 { printf "%d", $1 + 1 }' times), by %.0f $($awk 'NR == 1 { printf "%.0f", $1 + 1 }' times);" \
        "times $($awk '{ seen[$1 + 0] = 1 } END { for (key in seen) count++; print count }' times);" \
        "4 GiB $($awk 'BEGIN { print 4 * 1024 * 1024 * 1024; exit }'), by %d $($awk 'BEGIN { printf "%d", 4 * 1024 * 1024 * 1024; exit }'); 0x1F is $(echo 0x1F | $awk '{ print $1 + 0 }')"
done > seen
cat seen
cat > expected <<'E'
mawk: one more is 1.76431e+12, by %d 2147483647, by %.0f 1764312345679; times 1; 4 GiB 4.29497e+09, by %d 2147483647; 0x1F is 31
gawk: one more is 1764312345679, by %d 1764312345679, by %.0f 1764312345679; times 2; 4 GiB 4294967296, by %d 4294967296; 0x1F is 0
busybox awk: one more is 1764312345679, by %d -2147483648, by %.0f 1764312345679; times 2; 4 GiB 4294967296, by %d -2147483648; 0x1F is 31
E
diff expected seen || { echo "CHANGED: the programs calculate otherwise than noted"; exit 1; }
