"""What owners need: charts, tables and files, for those who advise them."""
