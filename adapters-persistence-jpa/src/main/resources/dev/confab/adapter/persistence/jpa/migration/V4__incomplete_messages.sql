-- Why the assistant's answer ends here although it was not finished; absent when the message is whole.
ALTER TABLE message ADD COLUMN incomplete text;
