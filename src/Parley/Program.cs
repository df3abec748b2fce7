using System.CommandLine;
using Parley.Commands;

return await new RootCommand("Parley: asynchronous messaging between a brand's agents and its consumers.")
{
    ConnectCommand.Create(),
    ShellCommand.Create(),
}.Parse(args).InvokeAsync();
