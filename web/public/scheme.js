// Sets the colour scheme before the first paint. A file of its own, because the
// Content-Security-Policy allows no inline scripts.
(() => {
  let stored = null;
  try {
    stored = window.localStorage.getItem('deskwise-colour-scheme');
  } catch {
    // Storage may be blocked; the system's preference decides then.
  }
  const dark =
    stored === 'dark' ||
    (stored !== 'light' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
