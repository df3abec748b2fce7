using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Parley.Shell;

/// <summary>
/// Shows frames and news of the connection: to a person indented and coloured above his prompt, to a program one raw frame per line on the output and
/// errors alone on the error output.
/// </summary>
internal sealed class FramePrinter(TextWriter output, TextWriter error, IPrompt? prompt, bool color)
{
    private const string Blue = "\e[34m";
    private const string Green = "\e[32m";
    private const string Yellow = "\e[33m";
    private const string Plain = "\e[39m";

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Indented = Compact with { Indented = true };

    private readonly Lock _gate = new();

    /// <summary>Something received that is not a message; a program that asked for it reads it among the frames.</summary>
    public void Received(string text)
    {
        if (prompt is not null) Show("< " + text, Blue);
        else WriteLine(output, text);
    }

    public void Frame(ReadOnlySpan<byte> utf8)
    {
        string text = Encoding.UTF8.GetString(utf8);
        if (prompt is not null)
            Show("< " + Rewrite(text, Indented), Blue);
        else
            WriteLine(output, text.AsSpan().ContainsAny('\r', '\n') ? Rewrite(text, Compact) : text);
    }

    /// <summary>News for a person; a program does not see it.</summary>
    public void Control(string text)
    {
        if (prompt is not null) Show(text, Green);
    }

    public void Error(string text)
    {
        if (prompt is not null) Show($"error: {text}", Yellow);
        else WriteLine(error, $"error: {text}");
    }

    private void Show(string text, string tint) => prompt!.WriteAbove(terminal => terminal.WriteLine(color ? tint + text + Plain : text));

    private void WriteLine(TextWriter writer, string line)
    {
        lock (_gate)
        {
            writer.WriteLine(line);
            writer.Flush();
        }
    }

    /// <summary>The same JSON in another layout; what is no JSON stays as it is, without line ends when they would split a frame.</summary>
    private static string Rewrite(string text, JsonWriterOptions layout)
    {
        try
        {
            var buffer = new ArrayBufferWriter<byte>(text.Length * 2);
            using (var writer = new Utf8JsonWriter(buffer, layout)) JsonElement.Parse(text).WriteTo(writer);
            return Encoding.UTF8.GetString(buffer.WrittenSpan);
        }
        catch (JsonException)
        {
            return layout.Indented ? text : text.ReplaceLineEndings(" ");
        }
    }
}
