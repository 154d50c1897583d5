"""The widgets the console is made of; raw widgets of Textual are only used through `plain`."""
