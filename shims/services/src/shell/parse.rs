//! Words, quotes, pipes, lists and redirections. No expansion of variables, globs or commands: none of that is on a device's
//! whitelist path, and what is not expanded cannot surprise.

/// How a pipeline hangs on the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Connector {
    /// `;` or the first.
    Always,
    /// `&&`.
    And,
    /// `||`.
    Or,
}

/// `> path` or `>> path`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// Virtual path.
    pub path: String,
    /// Whether to keep what is there.
    pub append: bool,
}

/// One command of a pipeline.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Command {
    /// Name and arguments.
    pub words: Vec<String>,
    /// `< path`.
    pub input: Option<String>,
    /// Where the output goes.
    pub output: Option<Redirect>,
}

/// A command line that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SyntaxError {
    /// A quote without its end.
    #[error("no closing quote")]
    Quote,
    /// An operator with nothing to work on.
    #[error("syntax error: unexpected '{0}'")]
    Unexpected(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Word(String),
    Operator(&'static str),
}

/// Longest first, so that `>>` is not read as two of `>`.
const OPERATORS: [&str; 9] = ["2>&1", "2>", ">>", "&&", "||", ">", "<", "|", ";"];

fn tokens(line: &str) -> Result<Vec<Token>, SyntaxError> {
    let mut tokens = Vec::new();
    let mut word: Option<String> = None;
    let mut rest = line;
    'next: while let Some(c) = rest.chars().next() {
        // `2>` is an operator only where a word could begin: `file2>x` is not.
        let operators = OPERATORS.iter().filter(|op| word.is_none() || !op.starts_with('2'));
        for op in operators {
            if let Some(after) = rest.strip_prefix(op) {
                tokens.extend(word.take().map(Token::Word));
                tokens.push(Token::Operator(op));
                rest = after;
                continue 'next;
            }
        }
        rest = &rest[c.len_utf8()..];
        match c {
            ' ' | '\t' | '\n' | '\r' => tokens.extend(word.take().map(Token::Word)),
            '\'' => {
                let end = rest.find('\'').ok_or(SyntaxError::Quote)?;
                word.get_or_insert_default().push_str(&rest[..end]);
                rest = &rest[end + 1..];
            }
            '"' => rest = double_quoted(rest, word.get_or_insert_default())?,
            '\\' => {
                if let Some(escaped) = rest.chars().next() {
                    word.get_or_insert_default().push(escaped);
                    rest = &rest[escaped.len_utf8()..];
                }
            }
            other => word.get_or_insert_default().push(other),
        }
    }
    tokens.extend(word.map(Token::Word));
    Ok(tokens)
}

/// Reads to the closing quote; gives what follows it.
fn double_quoted<'a>(text: &'a str, word: &mut String) -> Result<&'a str, SyntaxError> {
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Ok(&text[at + 1..]),
            '\\' => match chars.next() {
                Some((_, escaped @ ('"' | '\\' | '$' | '`'))) => word.push(escaped),
                Some((_, other)) => {
                    word.push('\\');
                    word.push(other);
                }
                None => return Err(SyntaxError::Quote),
            },
            other => word.push(other),
        }
    }
    Err(SyntaxError::Quote)
}

/// A line as pipelines and how they hang together.
pub fn parse(line: &str) -> Result<Vec<(Connector, Vec<Command>)>, SyntaxError> {
    let mut list = Vec::new();
    let mut connector = Connector::Always;
    let mut pipeline = Vec::new();
    let mut command = Command::default();
    let mut tokens = tokens(line)?.into_iter();
    while let Some(token) = tokens.next() {
        match token {
            Token::Word(word) => command.words.push(word),
            // Both streams are one here.
            Token::Operator("2>&1") => {}
            Token::Operator("2>") => {
                path(&mut tokens, "2>")?;
            }
            Token::Operator(op @ (">" | ">>")) => {
                command.output = Some(Redirect { path: path(&mut tokens, op)?, append: op == ">>" });
            }
            Token::Operator("<") => command.input = Some(path(&mut tokens, "<")?),
            Token::Operator(op) => {
                if command.words.is_empty() {
                    return Err(SyntaxError::Unexpected(op.to_owned()));
                }
                pipeline.push(std::mem::take(&mut command));
                let next = match op {
                    "|" => continue,
                    "&&" => Connector::And,
                    "||" => Connector::Or,
                    _ => Connector::Always,
                };
                list.push((connector, std::mem::take(&mut pipeline)));
                connector = next;
            }
        }
    }
    if !command.words.is_empty() {
        pipeline.push(command);
    } else if !pipeline.is_empty() {
        return Err(SyntaxError::Unexpected("|".to_owned()));
    }
    if !pipeline.is_empty() {
        list.push((connector, pipeline));
    }
    Ok(list)
}

fn path(tokens: &mut impl Iterator<Item = Token>, op: &str) -> Result<String, SyntaxError> {
    match tokens.next() {
        Some(Token::Word(path)) => Ok(path),
        _ => Err(SyntaxError::Unexpected(op.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<Vec<Vec<String>>> {
        let list = parse(line).unwrap();
        list.into_iter().map(|(_, pipeline)| pipeline.into_iter().map(|command| command.words).collect()).collect()
    }

    #[test]
    fn quotes_and_operators() {
        assert_eq!(words("aa start -b 'a b' \"c\\\"d\""), [[["aa", "start", "-b", "a b", "c\"d"]]]);
        assert_eq!(words("hilog -x | grep -i 'x|y'; echo ok").len(), 2);
        assert_eq!(words("echo file2>out")[0][0], ["echo", "file2"]);
        assert!(words("").is_empty());
    }

    #[test]
    fn errors_are_told() {
        assert_eq!(parse("echo 'x"), Err(SyntaxError::Quote));
        assert_eq!(parse("| x"), Err(SyntaxError::Unexpected("|".into())));
        assert_eq!(parse("echo x |"), Err(SyntaxError::Unexpected("|".into())));
        assert_eq!(parse("echo x >"), Err(SyntaxError::Unexpected(">".into())));
    }

    #[test]
    fn redirections() {
        let list = parse("echo hi >> /data/a 2>&1").unwrap();
        assert_eq!(list[0].1[0].output, Some(Redirect { path: "/data/a".into(), append: true }));
    }
}
