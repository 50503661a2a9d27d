// The connection of a tab passes the proxy once, when it is made. This asks through it again and again, so that the dashboard sees when the proxy no longer lets its user in.
const every = Number(document.getElementById('proxy-sign-in').dataset.every);
setInterval(() => fetch(new URL('signin/check', document.baseURI), { redirect: 'manual', cache: 'no-store' }).catch(() => {}), every);
