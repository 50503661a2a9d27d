#!/usr/bin/env bash
# Software: axe-core 4.14.1 and playwright-core 1.64.1 (npm), Chromium 156 (Debian chromium).
# Expected: axe reads a button as Chromium does; label-content-name-mismatch compares the label with the text that is seen and that is not hidden from screen readers.
# Happens:  what stands in blocks of its own, or apart in a flex box, is joined by the rule without a blank: "3" and "failed" are 3failed, and the label "3 failed" is a violation.
#           Text under aria-hidden counts, such as the letters that an icon font draws as a picture. The names that axe computes differ from Chromium's for flex boxes, inline
#           blocks and ::before, where Playwright agrees with Chromium.
# Matters:  a correct label is reported, and the way to silence the rule is a label that screen readers say worse; a name found by axe is not found by getByRole.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
command -v chromium >/dev/null || apt-get install -y --no-install-recommends chromium >/dev/null
chromium --version 2>/dev/null | grep -q 'Chromium 156\.' || { chromium --version; echo "this was seen on Chromium 156"; exit 1; }

cat > names.mjs <<'E'
import axe from 'axe-core';
import { chromium } from 'playwright-core';
const buttons = {
  'label-block': '<button aria-label="3 failed"><div>3</div><div>failed</div></button>',
  'label-flex': '<button aria-label="3 failed" style="display: flex; gap: 1em"><span>3</span><span>failed</span></button>',
  'label-blank': '<button aria-label="3 failed"><span>3</span> <span>failed</span></button>',
  'label-icon': '<button aria-label="Stop job"><span aria-hidden="true">delete</span> Stop job</button>',
  flex: '<button style="display: flex; gap: 1em"><span>3</span><span>failed</span></button>',
  'inline-block': '<button><span style="display: inline-block">3</span><span style="display: inline-block">failed</span></button>',
  before: '<style>#before::before { content: "Not " }</style><button>started</button>',
};
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const page = await browser.newPage();
await page.setContent(`<!doctype html><html lang=en><title>Fleet</title><main><h1>Fleet</h1>${Object.entries(buttons).map(([id, html]) => html.replace('<button', `<button id="${id}"`)).join('')}</main>`);
await page.evaluate(axe.source);
const devtools = await page.context().newCDPSession(page);
const { violations, incomplete, passes } = await page.evaluate(() => axe.run({ runOnly: { type: 'rule', values: ['label-content-name-mismatch'] }, rules: { 'label-content-name-mismatch': { enabled: true } } }));
for (const id of Object.keys(buttons)) {
  const { root } = await devtools.send('DOM.getDocument');
  const { nodeId } = await devtools.send('DOM.querySelector', { nodeId: root.nodeId, selector: '#' + id });
  const { nodes } = await devtools.send('Accessibility.getPartialAXTree', { nodeId, fetchRelatives: false });
  const playwright = /button "(.*)"/.exec(await page.locator('#' + id).ariaSnapshot())?.[1];
  const axeName = await page.evaluate(id => { axe.setup(document.body); const text = axe.commons.text.accessibleText(document.getElementById(id)); axe.teardown(); return text; }, id);
  const verdict = [['violation', violations], ['incomplete', incomplete], ['passed', passes]].filter(([, rules]) => rules.some(rule => rule.nodes.some(node => node.target[0] === '#' + id))).map(([name]) => name).join() || 'not looked at';
  console.log(`${id}: Chromium "${nodes[0].name.value}", Playwright "${playwright}", axe "${axeName}", label-content-name-mismatch ${verdict}`);
}
await browser.close();
E
cat > expected <<'E'
label-block: Chromium "3 failed", Playwright "3 failed", axe "3 failed", label-content-name-mismatch violation
label-flex: Chromium "3 failed", Playwright "3 failed", axe "3 failed", label-content-name-mismatch violation
label-blank: Chromium "3 failed", Playwright "3 failed", axe "3 failed", label-content-name-mismatch passed
label-icon: Chromium "Stop job", Playwright "Stop job", axe "Stop job", label-content-name-mismatch violation
flex: Chromium "3 failed", Playwright "3 failed", axe "3failed", label-content-name-mismatch not looked at
inline-block: Chromium "3 failed", Playwright "3 failed", axe "3failed", label-content-name-mismatch not looked at
before: Chromium "Not started", Playwright "Not started", axe "started", label-content-name-mismatch not looked at
E
PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm install --silent --no-audit --no-fund axe-core@4.14.1 playwright-core@1.64.1 >/dev/null
node names.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: names are read otherwise than noted"; exit 1; }
