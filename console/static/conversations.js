// A link to a turn that is not on this page leads to the page where it is.

function find() {
  const number = /^#tour-(\d{1,9})$/.exec(location.hash)?.[1];
  if (!number || document.getElementById(`tour-${number}`)) return;
  const address = new URL(location.href);
  if (address.searchParams.get("tour") === number) return; // it is nowhere
  address.search = `?tour=${number}`;
  location.replace(address);
}

addEventListener("hashchange", find);
find();
