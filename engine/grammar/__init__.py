"""The grammar of a scheme file, whatever it speaks of: YAML with lines, numbers and names, families of constructs."""
