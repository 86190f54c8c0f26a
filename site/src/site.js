// The navigation opens on guides and packages; a reader who closes them finds them closed again.
for (const group of ['Guides', 'Packages']) {
  const key = `tsd-accordion-${group}`;
  if (localStorage.getItem(key) === null) localStorage.setItem(key, 'true');
}
