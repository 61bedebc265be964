"""What a theme is made of: its files, settings, colours, pictures, CSS and block templates."""
