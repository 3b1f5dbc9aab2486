import ts from 'typescript';

/** What a file of the client says to people. */
export interface Strings {
  /** The messages that it takes from `l10n.t`. */
  readonly messages: readonly string[];
  /** What it says past it, each as `line: text`. */
  readonly untranslated: readonly string[];
}

/** The first argument of these that is shown, and all after it. */
const shownArguments: Readonly<Record<string, number>> = {
  showInformationMessage: 0,
  showWarningMessage: 0,
  showErrorMessage: 0,
  setStatusBarMessage: 0,
  createWebviewPanel: 1,
  TreeItem: 0,
  button: 0,
  html: 2,
  svg: 2,
};

/** The properties of the editor's objects, and of elements, whose text is shown. */
const shownProperties = new Set([
  ...['title', 'label', 'description', 'detail', 'details', 'tooltip', 'message', 'text', 'textContent'],
  ...['placeHolder', 'placeholder', 'prompt', 'validationMessage', 'saveLabel', 'openLabel', 'spoken', 'aria-label'],
]);

/** What is the same in every language. */
const names = new Set(['Portolan']);

/** Finds what a file says to people, and whether it says it in their language. */
export function stringsOf(path: string, code: string): Strings {
  const source = ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true);
  const messages: string[] = [];
  const untranslated: string[] = [];
  const reject = (node: ts.Node, text: string) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    untranslated.push(`${line + 1}: ${text}`);
  };

  function visit(node: ts.Node, isShown: boolean): void {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) visitCall(node);
    else if (ts.isPropertyAssignment(node)) visit(node.initializer, isShownProperty(node.name));
    else if (ts.isBinaryExpression(node)) visitBinary(node, isShown);
    else if (ts.isConditionalExpression(node)) {
      visit(node.condition, false);
      for (const branch of [node.whenTrue, node.whenFalse]) visit(branch, isShown);
    } else if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      if (!names.has(node.text) && (readsLikeASentence(node.text) || (isShown && /\p{L}/u.test(node.text))))
        reject(node, node.text);
    } else if (!ts.isTypeNode(node) && !ts.isImportDeclaration(node)) {
      ts.forEachChild(node, (child) => visit(child, isShown && !ts.isFunctionLike(node)));
    }
  }

  function visitCall(node: ts.CallExpression | ts.NewExpression): void {
    const name = calleeOf(node);
    const args = [...(node.arguments ?? [])];
    // A log is read by those whom it is sent to.
    if (/^log\.\w+$/.test(node.expression.getText())) return;
    visit(node.expression, false);
    if (/(^|\.)l10n\.t$/.test(node.expression.getText())) {
      const message = args.shift();
      if (message && ts.isStringLiteralLike(message)) messages.push(message.text);
      else reject(node, `${node.getText()} takes no literal`);
    }
    for (const [n, argument] of args.entries())
      visit(argument, n >= (shownArguments[name] ?? Number.POSITIVE_INFINITY));
  }

  function visitBinary({ left, operatorToken, right }: ts.BinaryExpression, isShown: boolean): void {
    const { EqualsToken, PlusToken, QuestionQuestionToken, BarBarToken } = ts.SyntaxKind;
    const isAssignment = operatorToken.kind === EqualsToken;
    const isPassedOn =
      isShown && [PlusToken, QuestionQuestionToken, BarBarToken].some((kind) => kind === operatorToken.kind);
    visit(left, isPassedOn);
    visit(right, isPassedOn || (isAssignment && ts.isPropertyAccessExpression(left) && isShownProperty(left.name)));
  }

  visit(source, false);
  return { messages, untranslated };
}

function calleeOf({ expression }: ts.CallExpression | ts.NewExpression): string {
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();
}

function isShownProperty(name: ts.PropertyName | ts.MemberName): boolean {
  return shownProperties.has(ts.isComputedPropertyName(name) ? '' : name.text);
}

function readsLikeASentence(text: string): boolean {
  return /^\p{Lu}\p{Ll}*(?: \P{Lu}|$)/u.test(text.trim());
}
