"""What every web application here stands behind: security headers, body limit, kept files, origins, rates, logs."""
