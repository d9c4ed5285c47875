#!/bin/sh
# Builds the workbench into web/dist/site, which the program embeds. Without Node the program is built
# all the same, and its page says what to install.
set -eu
cd "$(dirname "$0")/.."
if ! command -v npm >/dev/null 2>&1; then
  echo 'npm is not installed: the workbench is not built, / will say how to'
  exit 0
fi
if [ ! -d node_modules ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --no-audit --no-fund
fi
npm run --silent build
