// Addresses of this dashboard with the moment of the past that the tab shows; unchanged while it is live.
export const withMoment = href => {
  const at = document.documentElement.dataset.at;
  return at && href.startsWith(document.baseURI) ? addressAt(href, at) : href;
};

// Goes to a moment: from now on the tab is opened anew, since it shows another fleet then.
export function goToMoment(milliseconds) {
  const href = addressAt(location.href, new Date(milliseconds).toISOString());
  if (document.documentElement.dataset.at) window.Blazor.navigateTo(href);
  else location.assign(href);
}

function addressAt(href, at) {
  const address = new URL(href);
  address.searchParams.delete('at');
  // As the server writes it.
  address.search += `${address.search ? '&' : ''}at=${at}`;
  return address.href;
}
