"""The models: trained with what was approved, compared, promoted or not, and rolled back."""
