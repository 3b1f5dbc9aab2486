-- What a person does in Neovim. Writes down what is seen as JSON, into the file that $SEEN names.
local seen = {}

local function await(what, holds)
  if not vim.wait(60000, holds, 20) then
    error('waited in vain for ' .. what)
  end
end

local function diagnostics()
  return vim.tbl_map(function(one)
    return {
      from = { one.lnum + 1, one.col + 1 },
      to = { one.end_lnum + 1, one.end_col + 1 },
      severity = vim.lsp.protocol.DiagnosticSeverity[one.severity]:lower(),
      message = one.message,
    }
  end, vim.diagnostic.get(0))
end

local function go_to(text)
  vim.fn.cursor(1, 1)
  assert(vim.fn.search('\\V' .. text, 'c') > 0, text .. ' is not there')
end

local function text_of_float()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= '' then
      return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), '\n')
    end
  end
end

local function work()
  vim.cmd('edit compose.yaml')
  await('diagnostics', function() return #diagnostics() > 0 end)
  seen.diagnostics = diagnostics()

  go_to('9007')
  vim.lsp.buf.hover()
  await('the hover', text_of_float)
  seen.hover = text_of_float()

  seen.actions = {}
  vim.ui.select = function(actions, options, choose)
    for _, action in ipairs(actions) do seen.actions[#seen.actions + 1] = options.format_item(action) end
    choose(actions[1], 1)
  end
  vim.lsp.buf.code_action()
  await('the quick fix', function() return vim.fn.search('9007', 'nw') == 0 end)
  await('no diagnostics', function() return #diagnostics() == 0 end)
  vim.cmd('wall')
  seen.fixed = table.concat(vim.fn.readfile('compose.yaml'), '\n') .. '\n'

  go_to('9010')
  vim.lsp.buf.rename('9020')
  await('the new port', function() return vim.fn.search('9010', 'nw') == 0 end)
  await('no diagnostics', function() return #diagnostics() == 0 end)
  vim.cmd('wall')
end

local done, failure = pcall(work)
if not done then seen.failure = failure end
vim.fn.writefile({ vim.json.encode(seen) }, os.getenv('SEEN'))
vim.cmd('qall!')
