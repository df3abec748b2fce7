using Parley.Shell;

namespace Parley.Tests.Shell;

public sealed class LineBufferTests
{
    private readonly CommandHistory _history = new(null);

    [Fact]
    public void Typed_text_is_edited_where_the_cursor_is()
    {
        var line = new LineBuffer(_history);
        Type(line, "helo");
        Press(line, ConsoleKey.LeftArrow);
        Type(line, "l");
        Press(line, ConsoleKey.End);
        Type(line, "!");
        Press(line, ConsoleKey.Backspace);
        Assert.Equal(("hello", 5), (line.Text, line.Cursor));
        Press(line, ConsoleKey.Home);
        Press(line, ConsoleKey.Delete);
        Assert.Equal(("ello", 0), (line.Text, line.Cursor));
    }

    [Fact]
    public void Control_keys_are_readlines()
    {
        var line = new LineBuffer(_history);
        Type(line, "one two three");
        Control(line, ConsoleKey.W);
        Assert.Equal("one two ", line.Text);
        Control(line, ConsoleKey.W);
        Assert.Equal("one ", line.Text);
        Control(line, ConsoleKey.A);
        Press(line, ConsoleKey.RightArrow);
        Control(line, ConsoleKey.K);
        Assert.Equal("o", line.Text);
        Control(line, ConsoleKey.U);
        Assert.Equal("", line.Text);
        Assert.Equal(LineKey.End, Control(line, ConsoleKey.D));
        Assert.Equal(LineKey.Enter, Control(line, ConsoleKey.Enter));
    }

    [Fact]
    public void The_arrows_walk_through_the_history_and_back_to_the_draft()
    {
        var line = new LineBuffer(_history);
        foreach (string text in (string[])["first", "second"])
        {
            Type(line, text);
            Assert.Equal(LineKey.Enter, Press(line, ConsoleKey.Enter));
            Assert.Equal(text, line.Take());
        }
        Type(line, "draft");
        Press(line, ConsoleKey.UpArrow);
        Assert.Equal("second", line.Text);
        Press(line, ConsoleKey.UpArrow);
        Press(line, ConsoleKey.UpArrow);
        Assert.Equal("first", line.Text);
        Press(line, ConsoleKey.DownArrow);
        Press(line, ConsoleKey.DownArrow);
        Assert.Equal("draft", line.Text);
    }

    [Fact]
    public void A_line_feed_enters_the_line_as_a_carriage_return_does()
    {
        var line = new LineBuffer(_history);
        Type(line, "typed ahead");
        Assert.Equal(LineKey.Enter, Control(line, ConsoleKey.Enter));
        Assert.Equal("typed ahead", line.Take());
    }

    private static void Type(LineBuffer line, string text)
    {
        foreach (char c in text) line.Press(new(c, 0, false, false, false));
    }

    private static LineKey Press(LineBuffer line, ConsoleKey key) => line.Press(new('\0', key, false, false, false));

    private static LineKey Control(LineBuffer line, ConsoleKey key) => line.Press(new('\0', key, false, false, true));
}
