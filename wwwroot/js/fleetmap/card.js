// Places the card beside a position, within the width of the map; above it if there is no room below.
export function putCard(host, card, x, below, above) {
  card.hidden = false;
  const fits = host.getBoundingClientRect().top + below + card.offsetHeight <= window.innerHeight;
  card.style.left = `${Math.max(4, Math.min(x, host.clientWidth - card.offsetWidth - 4))}px`;
  card.style.top = `${fits ? below : above - card.offsetHeight}px`;
}
