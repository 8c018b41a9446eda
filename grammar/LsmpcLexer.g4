lexer grammar LsmpcLexer;

// A name that calls a template: told from an errno's or a clause's by what stands before and after it (parse/scan.h).
tokens { CALL }

POLICY: 'policy';
VERSION: 'version';
MODE: 'mode';
UNRESOLVED: 'unresolved';
FOREIGN: 'foreign';
TRUST: 'trust';
USE: 'use';
LET: 'let';
SET: 'set';
FROM: 'from';
ATTRIBUTE: 'attribute';
ON: 'on';
IF: 'if';
PRESENT: 'present';
WHEN: 'when';
DENY: 'deny';
ALLOW: 'allow';
KILL: 'kill';
AUDIT: 'audit';
QUIET: 'quiet';
RATE: 'rate';

SCOPE: 'scope';
DEFAULT: 'default';
GROUP: 'group';
TEMPLATE: 'template';
DYNAMIC: 'dynamic';
MAX: 'max';

TEST: 'test';
WITH: 'with';
GIVEN: 'given';
AS: 'as';
EXPECT: 'expect';
CASES: 'cases';
ASSERT: 'assert';
NEVER: 'never';
ALWAYS: 'always';

AND: 'and';
OR: 'or';
NOT: 'not';
IN: 'in';
HAS: 'has';
ANY: 'any';
UNDER: 'under';
TRUE: 'true';
FALSE: 'false';
NULL_: 'null';

EQUAL: '==';
NOT_EQUAL: '!=';
LESS_EQUAL: '<=';
GREATER_EQUAL: '>=';
LESS: '<';
GREATER: '>';
NOT_MATCH: '!~';
MATCH: '~';
ASSIGN: '=';
RANGE: '..';
DOT: '.';
COMMA: ',';
COLON: ':';
AMP: '&';
BAR: '|';
MINUS: '-';
STAR: '*';
LPAREN: '(';
RPAREN: ')';
LBRACE: '{';
RBRACE: '}';
LBRACKET: '[';
RBRACKET: ']';

INTEGER: DIGIT+ | '0x' HEX+ | '0o' [0-7]+;
IPV4: DIGIT+ '.' DIGIT+ '.' DIGIT+ '.' DIGIT+ ('/' DIGIT+)?;
IPV6: HEX* ':' HEX* ':' (HEX* ':')* (HEX* | DIGIT+ '.' DIGIT+ '.' DIGIT+ '.' DIGIT+) ('/' DIGIT+)?;
// So many in a second, minute or hour: 10/s.
FREQUENCY: DIGIT+ '/' [a-zA-Z]+;
NAME: [a-zA-Z_] [a-zA-Z0-9_]*;
// A digit with letters after it that make no number.
BAD_NUMBER: DIGIT [0-9a-zA-Z_]*;

STRING: '"' (~["\\\r\n] | '\\' ~[\r\n])* '"';
OPEN_STRING: '"' (~["\\\r\n] | '\\' ~[\r\n])* '\\'?;

COMMENT: '#' ~[\r\n]* -> channel(HIDDEN);
SPACE: [ \t\r\n]+ -> skip;
STRAY: .;

fragment DIGIT: [0-9];
fragment HEX: [0-9a-fA-F];
