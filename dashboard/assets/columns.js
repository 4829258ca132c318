// Tables come as named columns, which takes fewer bytes than to name each cell. A column may be a table itself, such as
// that of the counts by category.

const Columns = {
  count(columns) {
    const [first = []] = Object.values(columns);
    return Array.isArray(first) ? first.length : Columns.count(first);
  },

  row(columns, place) {
    return Columns.each(columns, (column) => (Array.isArray(column) ? column[place] : Columns.row(column, place)));
  },

  rows(columns) {
    return Array.from({ length: Columns.count(columns) }, (_, place) => Columns.row(columns, place));
  },

  // The table with the rows at these places alone.
  pick(columns, places) {
    const cells = (column) => places.map((place) => column[place]);
    return Columns.each(columns, (column) => (Array.isArray(column) ? cells(column) : Columns.pick(column, places)));
  },

  // The table with more rows at its end, given as objects.
  add(columns, rows) {
    return Columns.each(columns, (column, name) => {
      const cells = rows.map((row) => row[name]);
      return Array.isArray(column) ? column.concat(cells) : Columns.add(column, cells);
    });
  },

  each(columns, change) {
    return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, change(column, name)]));
  },
};
