// Goes back to the moment that was put aside when a person comes to the tab: not for what they were doing when it was.
const SETTLED = 1_000, link = document.querySelector('.sign-in-action');
const back = e => {
  if (e.timeStamp > SETTLED && !document.hidden) location.replace(link.href);
};
for (const kind of ['pointermove', 'pointerdown', 'keydown', 'wheel']) addEventListener(kind, back, { passive: true });
addEventListener('focus', back);
document.addEventListener('visibilitychange', back);
