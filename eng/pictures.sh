#!/usr/bin/env bash
# Makes the pictures of docs/images anew: eng/pictures.sh [NAME...], all of eng/pictures/pictures.mjs by default. Each comes from a named fleet with a fixed
# seed, and all clocks begin at one moment, so that a picture changes only where the looks do. Needs Chromium and faketime (Debian, as root, installs it).
set -euo pipefail
cd "$(dirname "$0")/.."
command -v chromium >/dev/null || { echo "The pictures need Chromium: install the package 'chromium'." >&2; exit 1; }
command -v faketime >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends faketime >/dev/null; }

dotnet build ExecutionDashboard.sln --nologo -v quiet
playwright=tests/ExecutionDashboard.BrowserTests/bin/Debug/net10.0/.playwright
exec "$playwright"/node/*/node eng/pictures/pictures.mjs "$PWD/$playwright/package/index.js" "$@"
