#!/bin/sh
# Tests the workbench: its logic with Vitest, then all of it in headless Chromium against the real
# program. Where Node or Chromium is missing it says so and is content, unless CI_BROWSER is set.
set -eu
cd "$(dirname "$0")/../.."
missing=
command -v npm >/dev/null 2>&1 || missing='Node.js with npm'
CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
[ -n "$CHROMIUM" ] || missing="${missing:+$missing and }Chromium"
if [ -n "$missing" ]; then
  echo "the workbench is not tested: $missing is not installed (CI_BROWSER=1 makes this a failure)"
  [ -z "${CI_BROWSER:-}" ]
  exit
fi
export CHROMIUM
make --no-print-directory build
cd web
npm run --silent check
npm test --silent
node --test --test-concurrency=1 --test-reporter=spec test/browser/*.test.mjs
