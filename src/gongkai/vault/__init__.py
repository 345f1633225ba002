"""Who asks (申请人身份), encrypted field by field, masked unless revealed with a reason."""
