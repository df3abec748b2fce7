namespace Parley.Shell;

/// <summary>A line being edited, with the keys of readline. Knows nothing of a terminal.</summary>
internal sealed class LineBuffer(CommandHistory history)
{
    private string _text = "";
    private string _draft = "";
    private int _recalled = history.Count;

    public string Text => _text;

    public int Cursor { get; private set; }

    /// <summary>What the key did to the session.</summary>
    public LineKey Press(ConsoleKeyInfo key)
    {
        if (key.Modifiers.HasFlag(ConsoleModifiers.Control)) return PressControl(key.Key);
        switch (key.Key)
        {
            case ConsoleKey.Enter: return LineKey.Enter;
            case ConsoleKey.LeftArrow: Cursor = Math.Max(0, Cursor - 1); break;
            case ConsoleKey.RightArrow: Cursor = Math.Min(_text.Length, Cursor + 1); break;
            case ConsoleKey.Home: Cursor = 0; break;
            case ConsoleKey.End: Cursor = _text.Length; break;
            case ConsoleKey.UpArrow: Recall(_recalled - 1); break;
            case ConsoleKey.DownArrow: Recall(_recalled + 1); break;
            case ConsoleKey.Backspace when Cursor > 0: Remove(Cursor - 1, 1); break;
            case ConsoleKey.Delete when Cursor < _text.Length: Remove(Cursor, 1); break;
            default:
                if (!char.IsControl(key.KeyChar)) Insert(key.KeyChar);
                break;
        }
        return LineKey.Edit;
    }

    /// <summary>The line as entered; the buffer is empty afterwards and the line is in the history.</summary>
    public string Take()
    {
        string line = _text;
        history.Add(line);
        Replace("");
        _draft = "";
        _recalled = history.Count;
        return line;
    }

    private LineKey PressControl(ConsoleKey key)
    {
        switch (key)
        {
            case ConsoleKey.D when _text.Length == 0: return LineKey.End;
            case ConsoleKey.D when Cursor < _text.Length: Remove(Cursor, 1); break;
            case ConsoleKey.A: Cursor = 0; break;
            case ConsoleKey.E: Cursor = _text.Length; break;
            case ConsoleKey.K: Remove(Cursor, _text.Length - Cursor); break;
            case ConsoleKey.U: Remove(0, Cursor); break;
            case ConsoleKey.W: RemoveWord(); break;
            case ConsoleKey.P: Recall(_recalled - 1); break;
            case ConsoleKey.N: Recall(_recalled + 1); break;
            // A line feed, as in pasted text, arrives as Ctrl+Enter or Ctrl+J.
            case ConsoleKey.Enter or ConsoleKey.J or ConsoleKey.M: return LineKey.Enter;
            case ConsoleKey.H when Cursor > 0: Remove(Cursor - 1, 1); break;
        }
        return LineKey.Edit;
    }

    private void Insert(char character)
    {
        _text = _text.Insert(Cursor, character.ToString());
        Cursor++;
    }

    private void Remove(int start, int count)
    {
        _text = _text.Remove(start, count);
        Cursor = start;
    }

    private void RemoveWord()
    {
        int start = _text[..Cursor].TrimEnd().LastIndexOf(' ') + 1;
        Remove(start, Cursor - start);
    }

    private void Recall(int index)
    {
        if (index < 0 || index > history.Count) return;
        if (_recalled == history.Count) _draft = _text;
        _recalled = index;
        Replace(index == history.Count ? _draft : history[index]);
    }

    private void Replace(string text) => (_text, Cursor) = (text, text.Length);
}
