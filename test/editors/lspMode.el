;;; lspMode.el --- What a person does with lsp-mode  -*- lexical-binding: t -*-

;;; Code:

(require 'lsp-mode)

;; Instead of a question that only a person can answer.
(lsp-workspace-folders-add default-directory)

(defun shown-help ()
  "What stands in the window of help on what is at the cursor."
  (lsp-describe-thing-at-point)
  (with-current-buffer "*lsp-help*" (buffer-substring-no-properties (point-min) (point-max))))

(witness #'shown-help
         (lambda () (call-interactively #'lsp-execute-code-action))
         #'lsp-rename)

;;; lspMode.el ends here
