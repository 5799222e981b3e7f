'use strict';
const symbols = JSON.parse(document.getElementById('symbols').textContent);
const told = document.getElementById('told');
function tell(event) {
  const symbol = event.target.closest ? event.target.closest('[data-name]') : null;
  const text = symbol ? symbols[symbol.dataset.name || symbol.getAttribute('data-name')] : null;
  told.textContent = text || '';
  told.hidden = !text;
}
document.addEventListener('mouseover', tell);
document.addEventListener('click', tell);
