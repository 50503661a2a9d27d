#!/usr/bin/env bash
# Software: Chromium 156 (Debian chromium 156.0.8078.108-1~deb12u1), headless.
# Expected: a virtual list that keeps its place with one high spacer scrolls through any number of rows, to the pixel.
# Happens:  a box is never higher than 33,554,428 px; more is cut in silence, and the end of the scroll bar is row 932,067 of a million rows of 36 px,
#           though the style still reads 36,000,000 px. From 8,388,608 px on (row 233,017), scrollTop takes even numbers only.
# Matters:  lists of a large fleet or of a long log: the last rows cannot be reached and nothing says so, and a list that sets its own scroll position
#           and compares it with what it reads back sees a scroll that nobody made.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
command -v chromium >/dev/null || apt-get install -y --no-install-recommends chromium >/dev/null
version=$(dpkg-query -W -f '${Version}' chromium)
case $version in 156.*) echo "chromium $version" ;; *) echo "chromium is $version, this was seen on 156"; exit 1 ;; esac

cat > page.html <<'E'
<!doctype html>
<div id="list" style="height: 400px; overflow: auto"><div id="spacer"></div></div>
<pre id="result"></pre>
<script>
  const lines = [];
  for (const rows of [900000, 1000000, 2000000]) {
    spacer.style.height = rows * 36 + 'px';
    list.scrollTop = rows * 36;
    lines.push(`${rows} rows: style ${parseFloat(spacer.style.height)}, height ${spacer.offsetHeight}, last row reached ${Math.floor((list.scrollTop + 400) / 36)}`);
  }
  for (const top of [8388607, 8388609, 20000003]) {
    list.scrollTop = top;
    lines.push(`scrollTop set to ${top}: ${list.scrollTop}`);
  }
  result.textContent = lines.join('\n');
</script>
E
cat > expected <<'E'
900000 rows: style 32400000, height 32400000, last row reached 900000
1000000 rows: style 36000000, height 33554428, last row reached 932067
2000000 rows: style 72000000, height 33554428, last row reached 932067
scrollTop set to 8388607: 8388607
scrollTop set to 8388609: 8388610
scrollTop set to 20000003: 20000004
E
timeout 60 chromium --headless --no-sandbox --disable-gpu --user-data-dir="$dir/profile" --dump-dom "file://$dir/page.html" 2>/dev/null |
    sed -n 's/<pre id="result">//; s/<\/pre>//; /^[0-9]* rows:/p; /^scrollTop/p' > seen
cat seen
diff expected seen || { echo "CHANGED: Chromium does otherwise than noted"; exit 1; }
