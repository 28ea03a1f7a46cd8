//! Conditions of a query, and the SQL that they become.
//!
//! Fields go into the SQL as they are given, as on a device, so `count(*)` or `t.name` can stand for a field; values are always bound.

use std::fmt::Write;

use super::Value;

/// Conditions that compare a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `=`
    Equal,
    /// `<>`
    NotEqual,
    /// `>`
    Greater,
    /// `<`
    Less,
    /// `>=`
    GreaterOrEqual,
    /// `<=`
    LessOrEqual,
    /// `LIKE`
    Like,
    /// `NOT LIKE`
    NotLike,
    /// `GLOB`
    Glob,
    /// `NOT GLOB`
    NotGlob,
}

impl Operator {
    fn sql(self) -> &'static str {
        match self {
            Operator::Equal => "=",
            Operator::NotEqual => "<>",
            Operator::Greater => ">",
            Operator::Less => "<",
            Operator::GreaterOrEqual => ">=",
            Operator::LessOrEqual => "<=",
            Operator::Like => "LIKE",
            Operator::NotLike => "NOT LIKE",
            Operator::Glob => "GLOB",
            Operator::NotGlob => "NOT GLOB",
        }
    }
}

/// Conditions on the rows of a table. What has an empty field, or compares with an empty text, adds nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Predicates {
    table: String,
    condition: String,
    /// The next condition needs an AND before it.
    joined: bool,
    values: Vec<Value>,
    having: String,
    having_values: Vec<Value>,
    order: String,
    group: String,
    index: String,
    distinct: bool,
    limit: Option<i64>,
    offset: Option<i64>,
    joins: Vec<(String, String)>,
}

impl Predicates {
    /// All rows of a table.
    pub fn new(table: impl Into<String>) -> Predicates {
        Predicates { table: table.into(), ..Predicates::default() }
    }

    /// Name of the table.
    pub fn table(&self) -> &str {
        &self.table
    }

    /// Whether rows are left out by a condition.
    pub fn has_condition(&self) -> bool {
        !self.condition.is_empty()
    }

    /// What stands after WHERE.
    pub fn condition(&self) -> &str {
        &self.condition
    }

    fn add(&mut self, condition: &str) {
        if self.joined {
            self.condition.push_str(" AND ");
        }
        self.joined = true;
        self.condition.push_str(condition);
    }

    /// A field compared with a value.
    pub fn compare(&mut self, operator: Operator, field: &str, value: Value) {
        let orders = !matches!(operator, Operator::Equal | Operator::NotEqual);
        if field.is_empty() || (orders && is_empty(&value)) {
            return;
        }
        self.add(&format!("{field} {} ? ", operator.sql()));
        self.values.push(value);
    }

    /// A field that lies between two values, or does not.
    pub fn between(&mut self, field: &str, low: Value, high: Value, not: bool) {
        if field.is_empty() || is_empty(&low) || is_empty(&high) {
            return;
        }
        self.add(&format!("{field} {}BETWEEN ? AND ? ", if not { "NOT " } else { "" }));
        self.values.extend([low, high]);
    }

    /// A field that is one of these, or none of them.
    pub fn one_of(&mut self, field: &str, values: Vec<Value>, not: bool) {
        if field.is_empty() {
            return;
        }
        let marks = vec!["?"; values.len()].join(",");
        self.add(&format!("{field} {}IN ({marks})", if not { "NOT " } else { "" }));
        self.values.extend(values);
    }

    /// A field that is NULL, or is not.
    pub fn null(&mut self, field: &str, not: bool) {
        if !field.is_empty() {
            self.add(&format!("{field} IS {}NULL ", if not { "NOT " } else { "" }));
        }
    }

    /// `(`
    pub fn begin_wrap(&mut self) {
        if self.joined {
            self.condition.push_str(" AND ");
            self.joined = false;
        }
        self.condition.push_str(" ( ");
    }

    /// `)`
    pub fn end_wrap(&mut self) {
        if self.joined {
            self.condition.push_str(" ) ");
        }
    }

    /// The next condition is an alternative.
    pub fn or(&mut self) {
        if self.joined {
            self.condition.push_str(" OR ");
            self.joined = false;
        }
    }

    /// Order of the rows; the first one counts first.
    pub fn order_by(&mut self, field: &str, descending: bool) {
        if field.is_empty() {
            return;
        }
        if !self.order.is_empty() {
            self.order.push(',');
        }
        // Writing to a String cannot fail.
        let _ = write!(self.order, "{field} {}", if descending { "DESC " } else { "ASC " });
    }

    /// Every row once.
    pub fn distinct(&mut self) {
        self.distinct = true;
    }

    /// At most so many rows; zero and less mean all.
    pub fn limit(&mut self, most: i64) {
        self.limit = Some(if most <= 0 { -1 } else { most });
    }

    /// Without the first rows.
    pub fn offset(&mut self, rows: i64) {
        self.offset = Some(rows.max(-1));
    }

    /// Rows that agree in these fields become one.
    pub fn group_by(&mut self, fields: &[String]) {
        if !fields.iter().any(String::is_empty) {
            self.group = fields.join(",");
        }
    }

    /// Which groups are wanted.
    pub fn having(&mut self, condition: &str, values: Vec<Value>) {
        if !condition.is_empty() {
            condition.clone_into(&mut self.having);
            self.having_values = values;
        }
    }

    /// The index to use.
    pub fn indexed_by(&mut self, index: &str) {
        index.trim_matches(['\'', '"']).clone_into(&mut self.index);
    }

    /// A further table; `kind` is `CROSS JOIN`, `INNER JOIN` or `LEFT OUTER JOIN`.
    pub fn join(&mut self, kind: &'static str, table: &str) {
        if !table.is_empty() {
            self.joins.push((format!("{kind} {table}"), String::new()));
        }
    }

    /// What the table joined last has to fit: `ON` or `USING`.
    pub fn join_on(&mut self, clauses: &[String], using: bool) {
        if let Some((_, condition)) = self.joins.last_mut().filter(|_| !clauses.is_empty()) {
            *condition =
                if using { format!(" USING({})", clauses.join(",")) } else { format!(" ON({})", clauses.join("AND")) };
        }
    }

    /// Arguments, in the order of the SQL.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        let having: &[Value] = if self.having.is_empty() { &[] } else { &self.having_values };
        self.values.iter().chain(having)
    }

    /// The query for these columns, all of them when there are none.
    pub fn query(&self, columns: &[String]) -> String {
        let mut sql = String::from("SELECT ");
        if self.distinct {
            sql.push_str("DISTINCT ");
        }
        let named: Vec<&str> = columns.iter().map(String::as_str).filter(|column| !column.is_empty()).collect();
        sql.push_str(&if named.is_empty() { "*".to_owned() } else { named.join(", ") + " " });
        clause(&mut sql, " FROM ", &self.table);
        clause(&mut sql, " INDEXED BY ", &self.index);
        let joins: Vec<String> = self.joins.iter().map(|(table, condition)| format!("{table}{condition}")).collect();
        clause(&mut sql, " ", &joins.join(" "));
        clause(&mut sql, " WHERE ", &self.condition);
        clause(&mut sql, " GROUP BY ", &self.group);
        clause(&mut sql, " HAVING ", &self.having);
        clause(&mut sql, " ORDER BY ", &self.order);
        // OFFSET is part of LIMIT in SQLite.
        let limit = self.limit.or(self.offset.map(|_| -1));
        clause(&mut sql, " LIMIT ", &limit.map(|limit| limit.to_string()).unwrap_or_default());
        clause(&mut sql, " OFFSET ", &self.offset.map(|offset| offset.to_string()).unwrap_or_default());
        sql
    }
}

fn is_empty(value: &Value) -> bool {
    matches!(value, Value::Text(text) if text.is_empty())
}

fn clause(sql: &mut String, name: &str, text: &str) {
    if !text.is_empty() {
        sql.push_str(name);
        sql.push_str(text);
    }
}
