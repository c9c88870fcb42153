crossfoot.give("words/en.js", {"failed":"That did not work."});
