/** Ids travel in headers and paths of partner calls, so they are kept to what is safe there. */
export const ID = /^[\w.:-]{1,100}$/;
export const ID_MESSAGE = '$property must be 1 to 100 letters, digits or . : _ -';
