// Starts a fleet for each picture, goes to the page, waits for what the picture shows and takes it. Called by eng/pictures.sh.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [playwrightPath, ...wanted] = process.argv.slice(2);
const { chromium } = createRequire(import.meta.url)(playwrightPath);
const begin = '2026-11-02 14:00:00';
const address = 'http://localhost:5190';

const pictures = {
  attention: {
    settings: {},
    async take(page) {
      await page.goto(`${address}/attention`);
      await live(page);
      await until(page, 20);
      await page.locator('.problem-table .row-link').first().click();
      await page.getByText('What to do', { exact: true }).waitFor();
    },
  },
  deployment: {
    settings: { Simulator__Scenario: 'canary-waits' },
    async take(page) {
      await page.goto(`${address}/deployments`);
      await live(page);
      await page.getByText('Awaiting promotion', { exact: false }).first().waitFor({ timeout: 90_000 });
      await page.locator('tbody a').first().click();
      await page.getByText('Awaiting promotion since', { exact: false }).waitFor();
    },
  },
  nodes: {
    settings: { Simulator__Nodes: '3000' },
    async take(page) {
      await page.goto(`${address}/nodes?view=map&group=site`);
      await live(page);
      await page.locator('canvas').first().waitFor();
    },
  },
  timeline: {
    settings: { Simulator__Scenario: 'region-falls-over' },
    async take(page) {
      await page.goto(`${address}/timeline`);
      await live(page);
      await page.getByText('5 min', { exact: true }).click();
      await until(page, 85);
    },
  },
};

for (const [name, picture] of Object.entries(pictures)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
  const server = spawn('faketime', ['-f', `@${begin}`, 'dotnet', 'src/ExecutionDashboard/bin/Debug/net10.0/ExecutionDashboard.dll'], {
    env: { ...process.env, TZ: 'UTC', ASPNETCORE_URLS: address, Storage__ConnectionString: join(folder, 'fleet.db'), Simulator__Database: '', Simulator__Seed: '1', ...picture.settings },
    stdio: 'ignore',
    detached: true,
  });
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
  try {
    await answers();
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, timezoneId: 'UTC', locale: 'en-GB', colorScheme: 'light', reducedMotion: 'reduce' });
    await context.clock.install({ time: await now() });
    const page = await context.newPage();
    await picture.take(page);
    await page.waitForTimeout(1_000);
    await page.screenshot({ path: `docs/images/${name}.png` });
    console.log(`docs/images/${name}.png`);
  } finally {
    await browser.close();
    process.kill(-server.pid);
    rmSync(folder, { recursive: true, force: true });
  }
}
process.exit(0);

/** The page has its connection, and what it shows is live. */
async function live(page) {
  await page.locator('#boot').waitFor({ state: 'detached', timeout: 60_000 });
  await page.getByText('Live', { exact: true }).first().waitFor({ timeout: 120_000 });
}

/** The server's clock. */
async function now() {
  return new Date((await fetch(`${address}/health/live`)).headers.get('date'));
}

/** The server's clock is so many seconds past the begin. */
async function until(page, seconds) {
  while ((await now()) - new Date(`${begin.replace(' ', 'T')}Z`) < seconds * 1000) await page.waitForTimeout(500);
}

/** The server is up, and has loaded its fleet. */
async function answers() {
  for (let tries = 0; tries < 120; tries++) {
    const ready = await fetch(`${address}/health/ready`).then(reply => reply.ok, () => false);
    if (ready) return;
    await new Promise(wake => setTimeout(wake, 500));
  }
  throw new Error(`The dashboard did not become ready at ${address} within 60 s.`);
}
