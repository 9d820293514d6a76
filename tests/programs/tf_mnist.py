# The program of "Python中的TensorFlow与Keras:深度学习模型构建与训练", 三

import tensorflow as tf
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense, Flatten
from tensorflow.keras.datasets import mnist
from tensorflow.keras.utils import to_categorical

# 加载MNIST数据集
(x_train, y_train), (x_test, y_test) = mnist.load_data()

# 数据归一化:将像素值从[0, 255]缩放到[0, 1]
x_train = x_train / 255.0
x_test = x_test / 255.0

# 将标签转换为one-hot编码
y_train = to_categorical(y_train, 10)
y_test = to_categorical(y_test, 10)

# 创建Sequential模型
model = Sequential()

# Flatten层将28x28的二维输入转换为一维
model.add(Flatten(input_shape=(28, 28)))

# 第一个全连接层,128个神经元,ReLU激活函数
model.add(Dense(128, activation='relu'))

# 输出层,10个神经元,对应10个类别,使用softmax激活函数
model.add(Dense(10, activation='softmax'))

model.compile(optimizer='adam',
              loss='categorical_crossentropy',
              metrics=['accuracy'])

# 训练模型
model.fit(x_train, y_train, epochs=5, batch_size=64, validation_split=0.2)

test_loss, test_acc = model.evaluate(x_test, y_test, verbose=2)
print(f"Test accuracy: {test_acc}")

# 保存模型
model.save('mnist_model.h5')

# 加载模型
loaded_model = tf.keras.models.load_model('mnist_model.h5')
