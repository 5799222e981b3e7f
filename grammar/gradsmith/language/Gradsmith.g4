// Statements and expressions. The tokens of one statement come filtered: line ends are gone, norm bars are known to open
// or close, a name before a bracket is marked, and ^H is a transpose or a power. Factors are flat: whether X (A) is a call
// or a product is decided when names are known.
grammar Gradsmith;

@lexer::members {
  private static boolean isLetter(int point) {
    return Character.isLetter(point) && Character.getType(point) != Character.MODIFIER_LETTER;
  }

  /** Tells whether what comes next goes on with a name: a^Theta is no transpose. */
  private boolean inName() {
    int next = _input.LA(1);
    return next == '_' || isDigit(next) || next >= '\u2080' && next <= '\u2089' || next > 0 && isLetter(next);
  }

  /** Tells whether what comes next goes on with the number 1: x^-1.5 is no inverse. */
  private boolean inNumber() {
    int next = _input.LA(1);
    int then = _input.LA(2);
    boolean exponent = next == 'e' || next == 'E';
    return isDigit(next)
        || next == '.' && isDigit(then)
        || exponent && (isDigit(then) || (then == '+' || then == '-') && isDigit(_input.LA(3)));
  }

  private static boolean isDigit(int point) {
    return point >= '0' && point <= '9';
  }
}

statement
    : left+=expression (COMMA left+=expression)* (EQUALS value=expression | COLON declared)? EOF
    ;

declared : (axes | NAME) (COMMA? NAME)* ;

axes : OPEN arguments? CLOSE ;

formula : expression EOF ;

expression : sum (COMPARE sum)? ;

sum : product (addition product)* ;

addition : PLUS | MINUS ;

product : signed (multiplication signed | power)* ;

multiplication : TIMES | HADAMARD | QUOTIENT | SLASH | BACKSLASH | KRONECKER ;

signed : addition signed | power ;

power : postfix ((CARET | DOT_CARET) exponent)? ;

exponent : addition exponent | power ;

postfix : atom suffix* ;

suffix : TRANSPOSE | INVERSE | INVERSE_TRANSPOSE | SUPERSCRIPT ;

atom
    : NUMBER                                       # numeral
    | CALLED OPEN arguments? CLOSE                 # call
    | NAME                                         # name
    | OPEN expression CLOSE                        # brackets
    | OPEN_NORM expression CLOSE_NORM SUBSCRIPT?   # norm
    ;

arguments : expression (COMMA expression)* ;

NUMBER : DIGIT+ ('.' DIGIT+)? EXPONENT? | '.' DIGIT+ EXPONENT? | [\u00BC-\u00BE\u2150-\u215E] ;
NAME : LETTER (LETTER | DIGIT | '_' | [\u2080-\u2089])* ;
fragment EXPONENT : [eE] [+-]? DIGIT+ ;
fragment DIGIT : [0-9] ;
fragment LETTER : [a-zA-Z] | [\u00AA-\u{10FFFF}] {isLetter(_input.LA(-1))}? ; // Unicode's table takes long to load

PLUS : '+' ;
MINUS : '-' | '\u2212' ;
TIMES : '*' | '@' | '\u00B7' | '\u22C5' | '\u00D7' ;
HADAMARD : '.*' | '\u2299' | '\u2218' ;
QUOTIENT : './' | '\u2298' ;
SLASH : '/' ;
BACKSLASH : '\\' ;
KRONECKER : '\u2297' ;
CARET : '^' ;
DOT_CARET : '.^' ;
COMPARE : '>=' | '<=' | '==' | '>' | '<' | '\u2265' | '\u2264' ;
TRANSPOSE : '\'' | '.\'' | '\u1D40' | '\u22A4' | '\u2019' | '^\u22A4' | '^T' {!inName()}? ;
INVERSE : '\u207B\u00B9' | '^' BLANK* MINUS BLANK* '1' {!inNumber()}? ;
INVERSE_TRANSPOSE : '\u207B\u1D40' | '^' BLANK* MINUS BLANK* ('\u22A4' | 'T' {!inName()}?) ;
HERMITIAN : '^' (BLANK* MINUS BLANK*)? 'H' {!inName()}? ;
SUPERSCRIPT : '\u00B2' | '\u00B3' ;
SUBSCRIPT : '_' [12F*] ;
BAR : '||' | '\u2016' ;
OPEN : '(' ;
CLOSE : ')' ;
COMMA : ',' ;
EQUALS : '=' ;
COLON : ':' ;
ARROW : '->' | '\u2192' ;
SEPARATOR : ';' ;
NEWLINE : '\r'? '\n' ;
COMMENT : '#' ~[\r\n]* -> skip ;
SPACE : BLANK+ -> skip ;
fragment BLANK : [ \t\u00A0\r] ;
UNKNOWN : . ;

// Made by the token filter, never by the lexer.
CALLED : 'never-3' ;
OPEN_NORM : 'never-1' ;
CLOSE_NORM : 'never-2' ;
