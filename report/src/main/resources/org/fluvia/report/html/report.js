'use strict';
// A column is sorted by the numbers in data-v, NaN last, up at the first press and down at the next.
for (const table of document.querySelectorAll('table.sortable')) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
        const button = head.querySelector('button');
        if (!button) return;
        button.addEventListener('click', () => {
            const down = head.getAttribute('aria-sort') === 'ascending';
            for (const other of heads) if (other.hasAttribute('aria-sort')) other.setAttribute('aria-sort', 'none');
            head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
            const value = row => Number(row.cells[column].dataset.v);
            const body = table.tBodies[0];
            const rows = [...body.rows].sort((a, b) => {
                const x = value(a), y = value(b);
                if (Number.isNaN(x) || Number.isNaN(y)) return Number.isNaN(x) - Number.isNaN(y);
                return x === y ? 0 : (x < y) === down ? 1 : -1;
            });
            body.append(...rows);
        });
    });
}
