# Writes YAML files as trees of texts, one line of JSON each, as Ruby's Psych reads them; yaml_tree.py writes the same.
# With --typed: the values that a program would be given.

require "date"
require "json"
require "yaml"

def tree(node)
  case node
  when Psych::Nodes::Scalar then node.value
  when Psych::Nodes::Sequence then node.children.map { |child| tree(child) }
  when Psych::Nodes::Mapping then { "map" => node.children.each_slice(2).map { |pair| pair.map { |child| tree(child) } } }
  else raise "#{node.class} is not read"
  end
end

typed = ARGV.delete("--typed")
ARGV.each do |path|
  text = File.read(path, encoding: "UTF-8")
  value = YAML.safe_load(text, permitted_classes: [Date], filename: path)
  puts JSON.generate(typed ? value : tree(Psych.parse(text, filename: path).root))
end
