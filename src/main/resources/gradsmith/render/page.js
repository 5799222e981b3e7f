'use strict';
const symbols = JSON.parse(document.getElementById('symbols').textContent);
const told = document.getElementById('told');
function tell(event) {
  const target = event.target.closest ? event.target : document.body;
  const symbol = target.closest('.law') ? null : target.closest('[data-name]'); // a law's names are its own
  const text = symbol ? symbols[symbol.dataset.name || symbol.getAttribute('data-name')] : null;
  told.textContent = text || '';
  told.hidden = !text;
}
document.addEventListener('mouseover', tell);
document.addEventListener('click', tell);
