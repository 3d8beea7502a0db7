import type { Ref } from "react";
import { FieldError, Input, Label, Text, TextArea, TextField, type TextFieldProps } from "react-aria-components";
import form from "./Form.module.css";

interface TextInputProps extends Omit<TextFieldProps, "children" | "className" | "style"> {
  label: string;
  hint?: string;
  /** With rows it takes several lines. */
  rows?: number;
  /** For what people copy and never type: keys, signatures. */
  code?: boolean;
  inputRef?: Ref<HTMLInputElement>;
  /** Native bounds of a date or a number. */
  min?: string;
}

/** A labelled input with its hint and, below it, what is wrong. */
export function TextInput({ label, hint, rows, code = false, inputRef, min, ...rest }: TextInputProps) {
  return (
    <TextField {...rest} className={`${form.field} ${code ? form.code : ""}`}>
      <Label>{label}</Label>
      {rows === undefined ? (
        <Input ref={inputRef} min={min} spellCheck={false} />
      ) : (
        <TextArea rows={rows} spellCheck={!code} />
      )}
      {hint && <Text slot="description">{hint}</Text>}
      <FieldError className={form.error ?? ""} />
    </TextField>
  );
}
