;;; eglot.el --- What a person does with eglot  -*- lexical-binding: t -*-

;;; Code:

(require 'eglot)

(defun shown-help ()
  "What ElDoc says of what is at the cursor."
  (let (said)
    (eglot-hover-eldoc-function (lambda (text &rest _) (setq said (or text ""))))
    (substring-no-properties (await "the hover" (lambda () said)))))

(witness #'shown-help
         (lambda () (call-interactively #'eglot-code-actions))
         #'eglot-rename)

;;; eglot.el ends here
