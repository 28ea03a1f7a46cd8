// @concord:relational/resultSet: ResultSet and LiteResultSet over the rows that Rust holds. Not a module of the platform.
(function (host, system) {
  'use strict';

  const rdb = system.require('@concord:rdb');
  const { fail, must, int } = system.require('@concord:relational/checks');

  /** What both kinds have: columns, and the values of the row they stand at. */
  class Rows {
    #rows;
    #names;
    #count;
    #at = -1;

    constructor(rows) {
      this.#rows = rows;
      [this.#names, this.#count] = rdb.rowsInfo(rows);
    }

    /** The handle; throws when the set is closed. */
    #open() {
      if (this.#rows === undefined) fail(14800014, 'The RdbStore or ResultSet is already closed.');
      return this.#rows;
    }

    // --- for the two below; hidden from apps by symbols would cost every access

    static names(set) { return [...set.#names]; }
    static count(set) { return set.#rows === undefined ? 0 : set.#count; }
    static at(set) { return set.#at; }
    static isClosed(set) { return set.#rows === undefined; }

    /** Stands at a row if there is one, else before the first or behind the last. */
    static move(set, to) {
      const rows = set.#open();
      if (to < 0) {
        set.#at = -1;
        return false;
      }
      if (set.#count >= 0 && to >= set.#count) {
        set.#at = set.#count;
        return false;
      }
      const there = rdb.fetch(rows, to);
      if (!there) [, set.#count] = rdb.rowsInfo(rows);
      set.#at = there ? to : set.#count;
      return there;
    }

    #value(columnIndex, as) {
      const rows = this.#open();
      must(typeof columnIndex === 'number', 'columnIndex', 'a number.');
      if (this.#at < 0 || (this.#count >= 0 && this.#at >= this.#count)) {
        fail(14800012, 'ResultSet is empty or pointer index is out of bounds.');
      }
      if (columnIndex < 0 || columnIndex >= this.#names.length) {
        fail(14800013, 'Resultset is empty or column index is out of bounds.');
      }
      return rdb.value(rows, this.#at, columnIndex, as);
    }

    #values() {
      const rows = this.#open();
      if (this.#at < 0) fail(14800012, 'ResultSet is empty or pointer index is out of bounds.');
      return rdb.row(rows, this.#at);
    }

    getColumnNames() {
      this.#open();
      return [...this.#names];
    }

    getColumnIndex(columnName) {
      const rows = this.#open();
      must(typeof columnName === 'string' && columnName !== '', 'columnName', 'a non empty string.');
      return rdb.column(rows, columnName);
    }

    getColumnName(columnIndex) {
      this.#open();
      must(typeof columnIndex === 'number', 'columnIndex', 'a number.');
      if (!(columnIndex in this.#names)) fail(14800013, 'Resultset is empty or column index is out of bounds.');
      return this.#names[columnIndex];
    }

    getColumnTypeSync(columnIdentifier) {
      if (typeof columnIdentifier === 'number') {
        if (columnIdentifier < 0) fail(401, 'Parameter error.Invalid columnIndex');
        return this.#value(columnIdentifier, 'type');
      }
      const index = this.getColumnIndex(columnIdentifier);
      if (index < 0) fail(14800013, 'Resultset is empty or column index is out of bounds.');
      return this.#value(index, 'type');
    }

    getColumnType(columnIdentifier) {
      return system.async(() => this.getColumnTypeSync(columnIdentifier));
    }

    getBlob(columnIndex) { return this.#value(columnIndex, 'blob'); }
    getString(columnIndex) { return this.#value(columnIndex, 'string'); }
    getLong(columnIndex) { return this.#value(columnIndex, 'long'); }
    getDouble(columnIndex) { return this.#value(columnIndex, 'double'); }
    getAsset(columnIndex) { return this.#value(columnIndex, 'asset'); }
    getAssets(columnIndex) { return this.#value(columnIndex, 'assets'); }
    getFloat32Array(columnIndex) { return this.#value(columnIndex, 'floats'); }
    getValue(columnIndex) { return this.#value(columnIndex, 'value'); }
    isColumnNull(columnIndex) { return this.#value(columnIndex, 'null'); }

    getRow() {
      return this.#bucket(this.#values());
    }

    getCurrentRowData() { return this.#values(); }

    goToNextRow() { return Rows.move(this, this.#at + 1); }

    /** Reads rows from `position` on, and stands behind them; `make` gets the values of each. */
    #take(maxCount, position, make) {
      this.#open();
      if (int(maxCount, 'maxCount') <= 0) fail(401, 'Parameter error.Invalid maxCount');
      if (position !== undefined && int(position, 'position') < 0) fail(401, 'Parameter error.Invalid position');
      return system.async(() => {
        const taken = [];
        let there = Rows.move(this, position ?? Math.max(this.#at, 0));
        while (there && taken.length < maxCount) {
          const text = rdb.rowsText(this.#open(), this.#at, maxCount - taken.length);
          const values = text === undefined ? [this.#values()] : JSON.parse(text);
          for (const row of values) taken.push(make(row));
          there = Rows.move(this, this.#at + values.length);
        }
        return taken;
      });
    }

    #bucket(values) {
      const row = {};
      this.#names.forEach((name, index) => {
        row[name] = values[index];
      });
      return row;
    }

    getRows(maxCount, position) { return this.#take(maxCount, position, (values) => this.#bucket(values)); }
    getRowsData(maxCount, position) { return this.#take(maxCount, position, (values) => values); }

    close() {
      this.#rows = undefined;
    }
  }

  class LiteResultSet extends Rows {}

  class ResultSet extends Rows {
    get columnNames() { return Rows.names(this); }
    get columnCount() { return Rows.names(this).length; }
    get rowCount() { return Rows.count(this); }
    get rowIndex() { return Rows.at(this); }
    get isAtFirstRow() { return Rows.count(this) > 0 && Rows.at(this) === 0; }
    get isAtLastRow() { return Rows.count(this) > 0 && Rows.at(this) === Rows.count(this) - 1; }
    get isEnded() { return Rows.count(this) === 0 || Rows.at(this) === Rows.count(this); }
    get isStarted() { return Rows.at(this) !== -1; }
    get isClosed() { return Rows.isClosed(this); }

    goTo(offset) { return Rows.move(this, Rows.at(this) + int(offset, 'offset')); }
    goToRow(position) { return Rows.move(this, int(position, 'position')); }
    goToFirstRow() { return Rows.move(this, 0); }

    goToLastRow() {
      const last = Rows.count(this) - 1;
      return Rows.move(this, last);
    }

    goToPreviousRow() { return Rows.move(this, Rows.at(this) - 1); }

    getSendableRow() { return system.require('@concord:relational/sendable').bucketOf(this.getRow()); }
  }

  return { ResultSet, LiteResultSet };
})
