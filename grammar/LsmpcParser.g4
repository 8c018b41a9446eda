parser grammar LsmpcParser;

options { tokenVocab = LsmpcLexer; }

// One statement at a time, so that an error ends with its statement.
// A block is its head, its statements and a `}` of its own, so a broken rule costs no block.
statement: policyHeader | useStatement | letStatement | setStatement | onStatement | attributeStatement | groupStatement
    | scopeHead | templateHead | callStatement | testStatement | assertStatement;

policyHeader: POLICY policyName (VERSION STRING)? (MODE modeName)? (UNRESOLVED ALLOW)? (FOREIGN TRUST)?;
policyName: word (MINUS word)*;
modeName: word;
useStatement: USE word (DOT word)*;
letStatement: LET word ASSIGN expression;
setStatement: SET word COLON word (DYNAMIC MAX INTEGER)? ASSIGN (setLiteral | FROM STRING);
onStatement: ON word (COMMA word)* (IF PRESENT)? (DEFAULT | WHEN expression)? action+;
groupStatement: GROUP word ASSIGN groupMember (COMMA groupMember)*;
groupMember: word (WHEN expression)?;
scopeHead: SCOPE (WHEN expression | scopeKind expression) LBRACE;
scopeKind: NAME;
templateHead: TEMPLATE word LPAREN (parameter (COMMA parameter)*)? RPAREN LBRACE;
parameter: word COLON word (word word)?;
callStatement: (NAME | CALL) LPAREN (expression (COMMA expression)*)? RPAREN;
action: DENY errnoName? | ALLOW | KILL signalName? | AUDIT STRING? | QUIET | RATE FREQUENCY;
errnoName: NAME | INTEGER;
signalName: NAME | INTEGER;
attributeStatement: ATTRIBUTE word (DOT word)* COLON word ON (STAR | word (COMMA word)*) ASSIGN expression;

testStatement: TEST STRING (WITH assumption (COMMA assumption)*)? step+ caseTable?;
assumption: postfix ASSIGN expression;
step: GIVEN word (AS word)? (LBRACE (eventField (COMMA eventField)* COMMA?)? RBRACE)? expectation?;
eventField: postfix COLON expression;
expectation: EXPECT outcome+;
outcome: ALLOW | DENY errnoName? | KILL signalName? | AUDIT STRING? | QUIET | UNRESOLVED;
caseTable: CASES LBRACE postfix (COMMA postfix)* COMMA? RBRACE caseRow+;
caseRow: LBRACE expression (COMMA expression)* COMMA? RBRACE expectation;
assertStatement: ASSERT STRING (NEVER | ALWAYS) (ALLOW | DENY) word (COMMA word)* (IF PRESENT)? (WHEN expression)?;

expression: conjunction (OR conjunction)*;
conjunction: negation (AND negation)*;
negation: NOT negation | comparison;
comparison: flagSet (comparisonOperator flagSet (RANGE flagSet)?)?;
comparisonOperator
    : EQUAL | NOT_EQUAL | LESS | LESS_EQUAL | GREATER | GREATER_EQUAL | MATCH | NOT_MATCH | UNDER | IN | NOT IN | HAS ANY?
    ;
flagSet: masked (BAR masked)*;
masked: postfix (AMP postfix)*;
postfix: primary (DOT word | LBRACKET INTEGER RBRACKET)*;
primary
    : MINUS? INTEGER
    | STRING
    | TRUE
    | FALSE
    | NULL_
    | IPV4
    | IPV6
    | setLiteral
    | LPAREN expression RPAREN
    | callee LPAREN (expression (COMMA expression)*)? RPAREN
    | callee
    ;
callee
    : NAME | IF | POLICY | VERSION | MODE | SET | PRESENT | ANY | GROUP | TEST | RATE | DYNAMIC | MAX | UNRESOLVED | FOREIGN | TRUST | FROM
    | WITH | GIVEN | AS | EXPECT | CASES | NEVER | ALWAYS
    ;
setLiteral: LBRACE (element (COMMA element)* COMMA?)? RBRACE;
element: expression (RANGE expression)?;

// Keywords only begin statements and clauses: in every place where just a name can stand, they are names.
word
    : NAME | POLICY | VERSION | MODE | UNRESOLVED | FOREIGN | TRUST | USE | LET | SET | FROM | ATTRIBUTE | ON | IF | PRESENT | WHEN | DENY | ALLOW | AUDIT | QUIET
    | SCOPE | DEFAULT | KILL | RATE | DYNAMIC | MAX | GROUP | TEMPLATE | TEST | WITH | GIVEN | AS | EXPECT | CASES | ASSERT
    | NEVER | ALWAYS | AND | OR | NOT | IN | HAS | ANY | UNDER
    | TRUE | FALSE | NULL_
    ;
