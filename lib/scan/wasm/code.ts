/**
 * Instructions of WebAssembly, put together from expressions and statements: an expression leaves a value on
 * the stack, a statement leaves none.
 *
 * A number is a byte. A text is the name of a function, and stands for its index, which is not known before the
 * module is put together. Code may hold other code, which is flattened once, when the function is made: so
 * long expressions are put together without copying what they are made of.
 */
export type Code = readonly (number | string | Code)[];
