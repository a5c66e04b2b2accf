/** Calls to partners contain ids in headers and paths, so an id has only characters that are safe there. */
export const ID = /^[\w.:-]{1,100}$/;
export const ID_MESSAGE = '$property must be 1 to 100 letters, digits or . : _ -';
