"""The commands, a file for each subject. Reading them in names them in `csplan.terminal`."""
