-- How many tokens of the conversation the session's assistant is told. Null: the default of the service.
ALTER TABLE session ADD COLUMN context_tokens integer;
