namespace Parley.Shell;

/// <summary>Reads lines from a terminal with editing and history, and keeps the prompt below what is printed meanwhile.</summary>
/// <remarks>The line occupies one row: of a longer one the part around the cursor is shown.</remarks>
internal sealed class TerminalPrompt(CommandHistory history) : ILineSource, IPrompt
{
    private const string Prompt = "> ";
    private const string ClearRow = "\r\e[2K";

    private readonly Lock _gate = new();
    private readonly LineBuffer _line = new(history);
    private bool _left;

    public bool IsInteractive => true;

    /// <remarks>A read of a key cannot be cancelled; it is left behind on its own thread when the session ends.</remarks>
    public Task<string?> ReadLineAsync(CancellationToken cancellation) => Task.Run(ReadLine, CancellationToken.None).WaitAsync(cancellation);

    public void WriteAbove(Action<TextWriter> write)
    {
        lock (_gate)
        {
            Console.Out.Write(ClearRow);
            write(Console.Out);
            Draw();
        }
    }

    /// <summary>Takes the prompt away for good.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            _left = true;
            Console.Out.Write(ClearRow);
        }
    }

    private string? ReadLine()
    {
        lock (_gate) Draw();
        while (true)
        {
            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            lock (_gate)
            {
                switch (_line.Press(key))
                {
                    case LineKey.Enter:
                        Console.Out.Write($"{ClearRow}{Prompt}{_line.Text}{Environment.NewLine}");
                        return _line.Take();
                    case LineKey.End:
                        Console.Out.WriteLine();
                        return null;
                    default:
                        // A pasted line arrives as many keys; it is drawn once.
                        if (!Console.KeyAvailable) Draw();
                        break;
                }
            }
        }
    }

    private void Draw()
    {
        if (_left) return;
        int room = Math.Max(10, Console.WindowWidth - Prompt.Length - 1);
        int start = Math.Max(0, _line.Cursor - room);
        string shown = _line.Text.Substring(start, Math.Min(room, _line.Text.Length - start));
        Console.Out.Write($"{ClearRow}{Prompt}{shown}\r\e[{Prompt.Length + _line.Cursor - start}C");
    }
}
