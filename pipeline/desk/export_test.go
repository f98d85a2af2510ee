package desk

// Notice says in the feed's words what the editor decided.
var Notice = notice
