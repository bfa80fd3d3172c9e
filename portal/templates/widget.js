// Puts the assistant in the page that loads this: <script src="…/widget.js" data-color="#14505c" …></script>
(() => {
  const tag = document.currentScript ?? document.querySelector('script[src$="/widget.js"]');
  const portal = new URL(tag.src).origin;
  const failed = (error) => console.error("boussole-pme:", error);
  import(`${portal}{{ static }}/js/widget.js`).then(({ define }) => define(portal, tag.dataset)).catch(failed);
})();
