using System.Text;
using Parley.Shell;

namespace Parley.Tests.Shell;

public sealed class FramePrinterTests
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    [Fact]
    public void A_program_reads_the_frame_as_it_came()
    {
        var printer = new FramePrinter(_output, _error, null, color: true);
        printer.Frame(Encoding.UTF8.GetBytes("""{ "text":"Grüß <Gott>" }"""));
        printer.Control("Connected");
        printer.Error("bad");
        Assert.Equal("{ \"text\":\"Grüß <Gott>\" }\n", _output.ToString());
        Assert.Equal("error: bad\n", _error.ToString());
    }

    [Theory]
    [InlineData("{\n\"a\":[1,\n2]}", "{\"a\":[1,2]}\n")]
    [InlineData("no\njson", "no json\n")]
    public void A_frame_never_takes_two_lines_of_a_programs_input(string frame, string line)
    {
        new FramePrinter(_output, _error, null, color: true).Frame(Encoding.UTF8.GetBytes(frame));
        Assert.Equal(line, _output.ToString());
    }

    [Theory]
    [InlineData(true, "\e[34m< {\n  \"text\": \"Grüß <Gott>\"\n}\e[39m\n")]
    [InlineData(false, "< {\n  \"text\": \"Grüß <Gott>\"\n}\n")]
    public void A_person_reads_it_indented(bool color, string shown)
    {
        var prompt = new RecordedPrompt(_output);
        new FramePrinter(TextWriter.Null, TextWriter.Null, prompt, color).Frame(Encoding.UTF8.GetBytes("""{"text":"Grüß <Gott>"}"""));
        Assert.Equal(shown, _output.ToString());
    }

    private sealed class RecordedPrompt(TextWriter terminal) : IPrompt
    {
        public void WriteAbove(Action<TextWriter> write) => write(terminal);
    }
}
